"""The steps of booking, moving and cancelling an appointment, that several conversations share."""
