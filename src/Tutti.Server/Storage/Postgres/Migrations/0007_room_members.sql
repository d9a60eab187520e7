-- Whose list of rooms shows a room. The room's state says who its members are; this is the way from a member to the room.
CREATE TABLE room_members (
    member_id TEXT COLLATE "C" NOT NULL,
    code      TEXT COLLATE "C" NOT NULL REFERENCES rooms (code) ON DELETE CASCADE,
    PRIMARY KEY (member_id, code)
);

CREATE INDEX room_members_by_code ON room_members (code);
