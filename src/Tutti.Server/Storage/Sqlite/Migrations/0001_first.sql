-- Times are integers in microseconds since the Unix epoch; file times are what the file system says.

CREATE TABLE rooms (
    code            TEXT    NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL,
    state_json      TEXT    NOT NULL,
    saved_at_micros INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE tracks (
    id               TEXT    NOT NULL PRIMARY KEY,
    folder           TEXT    NOT NULL, -- the music folder, absolute
    path             TEXT    NOT NULL, -- within the folder, parted by '/'
    size_bytes       INTEGER NOT NULL,
    modified_micros  INTEGER NOT NULL,
    title            TEXT    NOT NULL,
    artist           TEXT    NOT NULL,
    album            TEXT    NOT NULL,
    album_artist     TEXT    NOT NULL,
    disc_number      INTEGER,
    track_number     INTEGER,
    year             INTEGER,
    duration_micros  INTEGER NOT NULL,
    channels         INTEGER NOT NULL,
    cover            TEXT    NOT NULL, -- None, Embedded or Folder
    state            TEXT    NOT NULL, -- Playable, Unreadable or Missing
    reason           TEXT    NOT NULL, -- why it is unreadable, else empty
    search_text      TEXT    NOT NULL, -- title, artist, album without accents and case
    sort_key         TEXT    NOT NULL,
    UNIQUE (folder, path)
) WITHOUT ROWID;

CREATE INDEX tracks_listed ON tracks (folder, state, sort_key, id);

-- The hash of a file's content, good as long as size and time of change are the same.
CREATE TABLE content_hashes (
    path            TEXT    NOT NULL PRIMARY KEY, -- absolute
    size_bytes      INTEGER NOT NULL,
    modified_micros INTEGER NOT NULL,
    hash            TEXT    NOT NULL,
    channels        INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX content_hashes_by_hash ON content_hashes (hash);

-- Exact lengths of sounds that were once decoded to their end; outlives the cache.
CREATE TABLE sound_lengths (
    media_key TEXT    NOT NULL PRIMARY KEY,
    samples   INTEGER NOT NULL
) WITHOUT ROWID;
