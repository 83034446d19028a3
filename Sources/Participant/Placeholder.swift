enum ParticipantPlaceholder {}
