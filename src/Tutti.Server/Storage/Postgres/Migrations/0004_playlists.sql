CREATE TABLE playlists (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name           TEXT NOT NULL,
    owner          TEXT COLLATE "C" NOT NULL, -- account; empty: nobody in particular
    owner_name     TEXT NOT NULL,
    shared         BIGINT NOT NULL,
    version        BIGINT NOT NULL,
    changed_micros BIGINT NOT NULL,
    sort_key       TEXT COLLATE "C" NOT NULL,
    track_ids      TEXT NOT NULL  -- in playing order, parted by spaces
);

CREATE INDEX playlists_listed ON playlists (sort_key, id);
CREATE INDEX playlists_by_owner ON playlists (owner);
