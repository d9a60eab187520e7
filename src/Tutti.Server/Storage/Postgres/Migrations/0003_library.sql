-- The library by albums, artists, genres, folders, and what search looks through. Everything here but plays is made from the files again.

DROP INDEX tracks_listed;
ALTER TABLE tracks DROP COLUMN search_text;
ALTER TABLE tracks ADD COLUMN directory       TEXT COLLATE "C" NOT NULL DEFAULT ''; -- the part of path before its name
ALTER TABLE tracks ADD COLUMN reading         BIGINT NOT NULL DEFAULT 0;      -- version of the tag reading; older ones are read again
ALTER TABLE tracks ADD COLUMN fingerprint     TEXT COLLATE "C" NOT NULL DEFAULT ''; -- to know it again when it is moved and tagged anew
ALTER TABLE tracks ADD COLUMN added_micros    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN artists         TEXT NOT NULL DEFAULT '';   -- one by one, parted by ';'
ALTER TABLE tracks ADD COLUMN album_artists   TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN genres          TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN compilation     BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN track_gain_db   DOUBLE PRECISION;
ALTER TABLE tracks ADD COLUMN track_peak      DOUBLE PRECISION;
ALTER TABLE tracks ADD COLUMN album_gain_db   DOUBLE PRECISION;
ALTER TABLE tracks ADD COLUMN album_peak      DOUBLE PRECISION;
ALTER TABLE tracks ADD COLUMN recording_id    TEXT NOT NULL DEFAULT '';   -- MusicBrainz ids
ALTER TABLE tracks ADD COLUMN release_id      TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN artist_mbid     TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN album_artist_mbid TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN sample_rate     BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN bit_rate        BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN codec           TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN album_id        TEXT COLLATE "C" NOT NULL DEFAULT ''; -- empty: no album
ALTER TABLE tracks ADD COLUMN cover_hash      TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN title_key       TEXT COLLATE "C" NOT NULL DEFAULT ''; -- folded, for order
ALTER TABLE tracks ADD COLUMN album_key       TEXT COLLATE "C" NOT NULL DEFAULT ''; -- folded album, disc, number, for order

CREATE INDEX tracks_listed ON tracks (state, sort_key, id);
CREATE INDEX tracks_by_title ON tracks (state, title_key, sort_key, id);
CREATE INDEX tracks_by_added ON tracks (state, added_micros, sort_key, id);
CREATE INDEX tracks_by_year ON tracks (state, year, sort_key, id);
CREATE INDEX tracks_by_album ON tracks (album_id);
CREATE INDEX tracks_by_directory ON tracks (folder, directory);
CREATE INDEX tracks_by_cover ON tracks (cover_hash);

CREATE TABLE track_artists (
    track_id  TEXT COLLATE "C" NOT NULL,
    artist_id TEXT COLLATE "C" NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    place     BIGINT NOT NULL, -- 0: the main one
    PRIMARY KEY (track_id, artist_id)
);

CREATE INDEX track_artists_by_artist ON track_artists (artist_id, track_id);

CREATE TABLE track_genres (
    track_id TEXT COLLATE "C" NOT NULL,
    genre_id TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (track_id, genre_id)
);

CREATE INDEX track_genres_by_genre ON track_genres (genre_id, track_id);

CREATE TABLE lyrics (
    track_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    lines    TEXT NOT NULL
);

CREATE TABLE albums (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    title           TEXT NOT NULL,
    artist          TEXT NOT NULL,
    artist_id       TEXT COLLATE "C" NOT NULL, -- empty: none is known
    year            BIGINT,
    genre           TEXT NOT NULL,
    compilation     BIGINT NOT NULL,
    track_count     BIGINT NOT NULL,
    disc_count      BIGINT NOT NULL,
    duration_micros BIGINT NOT NULL,
    cover_hash      TEXT COLLATE "C" NOT NULL,
    added_micros    BIGINT NOT NULL,
    sort_key        TEXT COLLATE "C" NOT NULL, -- artist, year, title
    title_key       TEXT COLLATE "C" NOT NULL
);

CREATE INDEX albums_listed ON albums (sort_key, id);
CREATE INDEX albums_by_title ON albums (title_key, id);
CREATE INDEX albums_by_added ON albums (added_micros, id);
CREATE INDEX albums_by_year ON albums (year, sort_key, id);

CREATE TABLE album_artists (
    album_id  TEXT COLLATE "C" NOT NULL,
    artist_id TEXT COLLATE "C" NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    place     BIGINT NOT NULL,
    PRIMARY KEY (album_id, artist_id)
);

CREATE INDEX album_artists_by_artist ON album_artists (artist_id, album_id);

CREATE TABLE artists (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    album_count BIGINT NOT NULL,
    track_count BIGINT NOT NULL,
    cover_hash  TEXT NOT NULL,
    sort_key    TEXT COLLATE "C" NOT NULL
);

CREATE INDEX artists_listed ON artists (sort_key, id);

CREATE TABLE genres (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    album_count BIGINT NOT NULL,
    track_count BIGINT NOT NULL,
    sort_key    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE folders (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    parent_id   TEXT COLLATE "C" NOT NULL, -- empty: a music folder itself
    root        TEXT COLLATE "C" NOT NULL,
    path        TEXT COLLATE "C" NOT NULL,
    name        TEXT NOT NULL,
    track_count BIGINT NOT NULL,
    sort_key    TEXT COLLATE "C" NOT NULL
);

CREATE INDEX folders_listed ON folders (parent_id, sort_key, id);

CREATE TABLE folder_pictures (
    folder          TEXT COLLATE "C" NOT NULL,
    directory       TEXT COLLATE "C" NOT NULL,
    file            TEXT NOT NULL,
    size_bytes      BIGINT NOT NULL,
    modified_micros BIGINT NOT NULL,
    hash            TEXT NOT NULL,
    PRIMARY KEY (folder, directory)
);

-- Apart from tracks: written behind playback, kept whatever happens to the file.
CREATE TABLE track_plays (
    track_id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    plays         BIGINT NOT NULL,
    played_micros BIGINT NOT NULL -- the last time
);

CREATE INDEX track_plays_listed ON track_plays (plays, track_id);

-- Folded words of tracks: of its own name, and of what else finds it.
CREATE TABLE find_tracks (
    id    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name  TEXT COLLATE "C" NOT NULL,
    other TEXT COLLATE "C" NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (
        setweight(array_to_tsvector(string_to_array(name, ' ')), 'A') || setweight(array_to_tsvector(string_to_array(other, ' ')), 'B')) STORED
);
CREATE INDEX find_tracks_by_name ON find_tracks (name);
CREATE INDEX find_tracks_by_words ON find_tracks USING gin (words);

-- Folded words of albums: of its own name, and of what else finds it.
CREATE TABLE find_albums (
    id    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name  TEXT COLLATE "C" NOT NULL,
    other TEXT COLLATE "C" NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (
        setweight(array_to_tsvector(string_to_array(name, ' ')), 'A') || setweight(array_to_tsvector(string_to_array(other, ' ')), 'B')) STORED
);
CREATE INDEX find_albums_by_name ON find_albums (name);
CREATE INDEX find_albums_by_words ON find_albums USING gin (words);

-- Folded words of artists: of its own name, and of what else finds it.
CREATE TABLE find_artists (
    id    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name  TEXT COLLATE "C" NOT NULL,
    other TEXT COLLATE "C" NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (
        setweight(array_to_tsvector(string_to_array(name, ' ')), 'A') || setweight(array_to_tsvector(string_to_array(other, ' ')), 'B')) STORED
);
CREATE INDEX find_artists_by_name ON find_artists (name);
CREATE INDEX find_artists_by_words ON find_artists USING gin (words);

