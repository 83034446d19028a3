int cdatagram_placeholder;
