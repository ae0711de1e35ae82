"""The screens of this room; none is public, none answers while the room is off."""
