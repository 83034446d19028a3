enum MeetingsPlaceholder {}
