### News that we send by ourselves to those who chose "Tell me". Paragraphs of report.ftl follow.

push-head = There is news about this application:
push-stop = No more news? Type *stop*.
# On a web page that was silent for long: no name and number, because the computer may be shared.
push-idle = There is news about an application you follow. To read it, type *status*, then the registration number and the NIK.
