CREATE TABLE playlists (
    id             TEXT NOT NULL PRIMARY KEY,
    name           TEXT NOT NULL,
    owner          TEXT NOT NULL, -- account; empty: nobody in particular
    owner_name     TEXT NOT NULL,
    shared         INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    changed_micros INTEGER NOT NULL,
    sort_key       TEXT NOT NULL,
    track_ids      TEXT NOT NULL  -- in playing order, parted by spaces
);

CREATE INDEX playlists_listed ON playlists (sort_key, id);
CREATE INDEX playlists_by_owner ON playlists (owner);
