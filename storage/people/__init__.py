"""Who talks to the office: chats, their names at providers, what they agreed to, and what they may ask about."""
