### News that we send by ourselves to those who chose "Tell me". Paragraphs of report.ftl follow.

push-head = There is news about this application:
push-stop = No more news? Type *stop*.
# On the web page: no name and number, because the computer may be shared.
push-head-shared = There is news about an application you follow. To see which one, type *status*, then the registration number and the NIK.

push-waits-shared = There is news for you from this counter. To read it, type *menu* and choose what you need.

# The button below it, where a pair shows whose news it is.
push-open = Open the news
# Before number and NIK are asked, at a computer that others use.
push-asks-pair = Others may use this computer. To go on, please show the registration number and NIK first.
