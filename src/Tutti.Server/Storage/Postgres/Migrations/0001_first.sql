-- Times are integers in microseconds since the Unix epoch; file times are what the file system says.
-- Text is ordered by code points, as in SQLite.

CREATE TABLE rooms (
    code            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL,
    state_json      TEXT    NOT NULL,
    saved_at_micros BIGINT  NOT NULL
);

CREATE TABLE tracks (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    folder           TEXT    NOT NULL, -- the music folder, absolute
    path             TEXT COLLATE "C" NOT NULL, -- within the folder, parted by '/'
    size_bytes       BIGINT  NOT NULL,
    modified_micros  BIGINT  NOT NULL,
    title            TEXT    NOT NULL,
    artist           TEXT    NOT NULL,
    album            TEXT    NOT NULL,
    album_artist     TEXT    NOT NULL,
    disc_number      BIGINT,
    track_number     BIGINT,
    year             BIGINT,
    duration_micros  BIGINT  NOT NULL,
    channels         BIGINT  NOT NULL,
    cover            TEXT    NOT NULL, -- None, Embedded or Folder
    state            TEXT    NOT NULL, -- Playable, Unreadable or Missing
    reason           TEXT    NOT NULL, -- why it is unreadable, else empty
    search_text      TEXT    NOT NULL, -- title, artist, album without accents and case
    sort_key         TEXT COLLATE "C" NOT NULL,
    UNIQUE (folder, path)
);

CREATE INDEX tracks_listed ON tracks (folder, state, sort_key, id);

-- The hash of a file's content, good as long as size and time of change are the same.
CREATE TABLE content_hashes (
    path            TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- absolute
    size_bytes      BIGINT  NOT NULL,
    modified_micros BIGINT  NOT NULL,
    hash            TEXT    NOT NULL,
    channels        BIGINT  NOT NULL
);

CREATE INDEX content_hashes_by_hash ON content_hashes (hash);

-- Exact lengths of sounds that were once decoded to their end; outlives the cache.
CREATE TABLE sound_lengths (
    media_key TEXT    NOT NULL PRIMARY KEY,
    samples   BIGINT  NOT NULL
);
