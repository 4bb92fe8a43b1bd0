### Audit: words for its codes; the code itself stands beside them in small type.

audit-action = { $code ->
    [refused] Refused: not allowed
    [imported] Register imported
    [import-undone] Import taken back
    [import-word-explained] Meaning of a word in lists set
    [import-word-forgotten] Meaning of a word in lists forgotten
    [register-listed] Register list seen
    [register-exported] Register list fetched
    [stage-changed] Stage changed
    [template-kept] Template kept
    [template-removed] Template removed
    [stage-undone] Change of stage undone
    [register-seen] Register looked at
    [look-up] Resident asked for a status
    [staff-invited] Staff invited
    [staff-revoked] Staff revoked
    [token-created] API token created
    [token-revoked] API token revoked
    [staff-code-used] Code used
    [console-code-given] Console code asked for
    [staff-session-opened] Entered the console
    [staff-session-unlocked] Screen unlocked
    [staff-unlock-failed] Failed to unlock the screen
    [staff-session-ended] Session ended
    [staff-passkey-added] Passkey added
    [staff-passkey-removed] Passkey removed
    [staff-passkey-used] Entered with a passkey
    [staff-account-linked] Single sign-on account linked
    [staff-account-unlinked] Single sign-on account unlinked
    [staff-account-used] Signed in with single sign-on
    [staff-pin-set] PIN set
    [staff-pin-removed] PIN removed
    [sign-in-failed] Sign-in failed
    [sign-in-failed-more] Sign-in failed; more of that hour are not written one by one
    [staff-chat-linked] Staff chat linked
    [staff-chat-ended] Staff chat ended
    [refused-rows-fetched] Refused rows fetched
    [answers-fetched] Single answers fetched
    [arrived] Arrived
    [called] Called
    [audit-fetched] Audit downloaded
    [served] Served
    [served-undone] Served, undone
    [step-undone] Step at the counter undone
    [no_show] Did not come
    [walk-in] Walk-in
    [closed] Time closed
    [opened] Time opened
    [handover-opened] Resident asked for a human
    [handover-taken] Conversation taken
    [handover-taken-over] Conversation taken over
    [handover-read] Conversation read
    [handover-ended] Conversation ended
    [handover-released] Conversation waits again
    [announcement-drafted] Announcement written
    [announcement-released] Announcement approved
    [announcement-returned] Announcement returned with a note
    [announcement-undone] Announcement undone
    [announcement-withdrawn] Announcement stopped
    [announcement-paused] Announcement paused
    [announcement-resumed] Announcement resumed
    [announcement-tried] Announcement tried
    [announcement-reported] Announcement report fetched
    [announcement-alarm] Announcement did not add up
    [webhook-added] Webhook target added
    [webhook-rotated] Webhook secret rotated
    [webhook-enabled] Webhook target enabled again
    [webhook-disabled] Webhook target disabled
    [webhook-removed] Webhook target removed
    [webhook-resent] Webhook events sent again
    [alarm-webhook] Alarm: webhook target disabled
    [alarm-channel] Alarm: channel refuses
    [alarm-wrong-pairs] Alarm: guesses of a NIK
    [alarm-wrong-codes] Alarm: guesses of a staff code
    [consent-given] Consent given
    [consent-withdrawn] Consent withdrawn
    [followed] Resident follows
    [unfollowed] Resident unfollowed
    [started] Resident takes messages again
    [stopped] Resident stopped messages
    [erased] Data erased
    [pickup-day-swapped] Pickup day swapped
    [service-worded] Service reworded
    [backup-made] Database backed up
    [demo-loaded] Sample data loaded
    [demo-lived] Sample days of the office loaded
    [demo-announced] Sample announcements loaded
   *[other] { $code }
}
audit-about = { $code ->
    [announcement] announcement
    [application] application
    [applications] applications
    [booking] appointment
    [closure] closure
    [closures] closures
    [chat] resident's chat
    [database] database
    [day] day
    [erasure] erasure
    [import] import
    [job] work of the console
    [template] template
    [service] service
    [staff] staff
    [ticket] ticket
    [handover] conversation
    [form] a form that was old or sent twice
    [session] a session that was over
    [unknown] not found
    [whatsapp] WhatsApp
    [webhook] webhook target
    [recipients] recipients
    [outbox] outgoing messages
    [code] staff code
    [code-in-chat] staff code, typed in a chat
    [code-known] staff code that was real
    [one-nik] one NIK
    [answers] answers of the rating
    [audit] the audit
    [everybody] everybody
    [one-address] one address
   *[other] { $code }
}
audit-right = { $code ->
    [enter] enter
    [see-day] see the day
    [see-calendar] see the calendar
    [see-announcements] see announcements
    [see-index] see the index
    [see-overview] see the office's figures
    [see-answers] see single answers
    [serve] serve
    [see-register] see the register
    [import-register] import the register
    [change-stage] change a stage
    [announce] announce
    [handle-cases] handle cases
    [settle-cases] settle an escalated case
    [talk] talk with residents
    [edit-calendar] edit the calendar
    [approve] approve announcements
    [override] send again
    [urgent] send in quiet hours
    [edit-services] edit services
    [manage-webhooks] manage webhooks
    [publish] publish
    [manage-staff] manage staff
    [see-audit] read the audit
   *[other] { $code }
}
audit-detail = { $code ->
    [all] every stage
    [everywhere] every point
    [unknown] an unknown code
    [none] nothing fits
    [whole-names] whole names
    [masked-names] masked names
    [whole-niks] whole NIKs
    [wrong] code not known
    [used] code used before
    [expired] code has lapsed
    [console-only] a console code, typed in a chat
    [too-many] too many tries
    [pin] PIN
    [account] account of the single sign-on that is not linked
    [passkey] passkey
    [signed-out] signed out
    [not-allowed] not allowed
    [needs-approver] needs an approver
    [already-announced] already announced
    [announcement-over] over already
    [announcement-no-windows] no pickup time
    [unknown-announcement] no such announcement
    [urgent] urgent, in quiet hours, too
    [override] sent again
    [file] what a resident sent
    [asked] asked for
    [unclear] not understood
    [anger] anger
    [viewer] viewer
    [officer] officer
    [approver] approver
    [admin] admin
    [miscounted] miscounted
    [stateless] without a state
    [orphaned] without a recipient
    [rows] rows
    [new] new
    [changed] changed
    [unchanged] unchanged
    [refused] refused
    [id] Indonesian
    [jv] Javanese
    [en] English
   *[other] { $code }
}
