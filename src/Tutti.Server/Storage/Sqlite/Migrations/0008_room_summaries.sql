-- What the list of a member's rooms shows, so that no room needs to be opened for it. The room's state says the same.
ALTER TABLE room_members ADD COLUMN role TEXT NOT NULL DEFAULT 'listener'; -- listener, dj or host
ALTER TABLE rooms ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0;

UPDATE room_members SET role = coalesce((
    SELECT json_extract(member.value, '$.role') FROM rooms, json_each(rooms.state_json, '$.members') AS member
    WHERE rooms.code = room_members.code AND json_valid(rooms.state_json) AND json_extract(member.value, '$.id') = room_members.member_id), role);
UPDATE rooms SET is_public = coalesce(json_extract(state_json, '$.room.rules.public'), 0) WHERE json_valid(state_json);
