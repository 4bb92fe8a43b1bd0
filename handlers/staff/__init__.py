"""What officers do at the counter by chat; shared by the staff conversations."""
