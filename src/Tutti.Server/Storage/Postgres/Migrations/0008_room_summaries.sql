-- What the list of a member's rooms shows, so that no room needs to be opened for it. The room's state says the same.
ALTER TABLE room_members ADD COLUMN role TEXT NOT NULL DEFAULT 'listener'; -- listener, dj or host
ALTER TABLE rooms ADD COLUMN is_public BIGINT NOT NULL DEFAULT 0;

DO $$
DECLARE stored RECORD;
BEGIN
    FOR stored IN SELECT code, state_json FROM rooms LOOP
        BEGIN
            UPDATE room_members SET role = coalesce((
                SELECT member ->> 'role' FROM jsonb_array_elements(stored.state_json::jsonb -> 'members') AS member
                WHERE member ->> 'id' = room_members.member_id), role)
            WHERE code = stored.code;
            UPDATE rooms SET is_public = 1 WHERE code = stored.code AND (stored.state_json::jsonb -> 'room' -> 'rules' ->> 'public')::boolean;
        EXCEPTION WHEN OTHERS THEN
            NULL; -- a state that cannot be read says nothing
        END;
    END LOOP;
END $$;
