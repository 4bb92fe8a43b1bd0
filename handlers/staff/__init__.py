"""What officers do at the counter by chat: shared by the conversations of staff."""
