-- The library by albums, artists, genres, folders, and what search looks through. Everything here but plays is made from the files again.

DROP INDEX tracks_listed;
ALTER TABLE tracks DROP COLUMN search_text;
ALTER TABLE tracks ADD COLUMN directory       TEXT NOT NULL DEFAULT ''; -- the part of path before its name
ALTER TABLE tracks ADD COLUMN reading         INTEGER NOT NULL DEFAULT 0;      -- version of the tag reading; older ones are read again
ALTER TABLE tracks ADD COLUMN fingerprint     TEXT NOT NULL DEFAULT ''; -- to know it again when it is moved and tagged anew
ALTER TABLE tracks ADD COLUMN added_micros    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN artists         TEXT NOT NULL DEFAULT '';   -- one by one, parted by ';'
ALTER TABLE tracks ADD COLUMN album_artists   TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN genres          TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN compilation     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN track_gain_db   REAL;
ALTER TABLE tracks ADD COLUMN track_peak      REAL;
ALTER TABLE tracks ADD COLUMN album_gain_db   REAL;
ALTER TABLE tracks ADD COLUMN album_peak      REAL;
ALTER TABLE tracks ADD COLUMN recording_id    TEXT NOT NULL DEFAULT '';   -- MusicBrainz ids
ALTER TABLE tracks ADD COLUMN release_id      TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN artist_mbid     TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN album_artist_mbid TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN sample_rate     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN bit_rate        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN codec           TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN album_id        TEXT NOT NULL DEFAULT ''; -- empty: no album
ALTER TABLE tracks ADD COLUMN cover_hash      TEXT NOT NULL DEFAULT '';
ALTER TABLE tracks ADD COLUMN title_key       TEXT NOT NULL DEFAULT ''; -- folded, for order
ALTER TABLE tracks ADD COLUMN album_key       TEXT NOT NULL DEFAULT ''; -- folded album, disc, number, for order

CREATE INDEX tracks_listed ON tracks (state, sort_key, id);
CREATE INDEX tracks_by_title ON tracks (state, title_key, sort_key, id);
CREATE INDEX tracks_by_added ON tracks (state, added_micros, sort_key, id);
CREATE INDEX tracks_by_year ON tracks (state, year, sort_key, id);
CREATE INDEX tracks_by_album ON tracks (album_id);
CREATE INDEX tracks_by_directory ON tracks (folder, directory);
CREATE INDEX tracks_by_cover ON tracks (cover_hash);

CREATE TABLE track_artists (
    track_id  TEXT NOT NULL,
    artist_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    place     INTEGER NOT NULL, -- 0: the main one
    PRIMARY KEY (track_id, artist_id)
) WITHOUT ROWID;

CREATE INDEX track_artists_by_artist ON track_artists (artist_id, track_id);

CREATE TABLE track_genres (
    track_id TEXT NOT NULL,
    genre_id TEXT NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (track_id, genre_id)
) WITHOUT ROWID;

CREATE INDEX track_genres_by_genre ON track_genres (genre_id, track_id);

CREATE TABLE lyrics (
    track_id TEXT NOT NULL PRIMARY KEY,
    lines    TEXT NOT NULL
);

CREATE TABLE albums (
    id              TEXT NOT NULL PRIMARY KEY,
    title           TEXT NOT NULL,
    artist          TEXT NOT NULL,
    artist_id       TEXT NOT NULL, -- empty: none is known
    year            INTEGER,
    genre           TEXT NOT NULL,
    compilation     INTEGER NOT NULL,
    track_count     INTEGER NOT NULL,
    disc_count      INTEGER NOT NULL,
    duration_micros INTEGER NOT NULL,
    cover_hash      TEXT NOT NULL,
    added_micros    INTEGER NOT NULL,
    sort_key        TEXT NOT NULL, -- artist, year, title
    title_key       TEXT NOT NULL
);

CREATE INDEX albums_listed ON albums (sort_key, id);
CREATE INDEX albums_by_title ON albums (title_key, id);
CREATE INDEX albums_by_added ON albums (added_micros, id);
CREATE INDEX albums_by_year ON albums (year, sort_key, id);

CREATE TABLE album_artists (
    album_id  TEXT NOT NULL,
    artist_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    place     INTEGER NOT NULL,
    PRIMARY KEY (album_id, artist_id)
) WITHOUT ROWID;

CREATE INDEX album_artists_by_artist ON album_artists (artist_id, album_id);

CREATE TABLE artists (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    album_count INTEGER NOT NULL,
    track_count INTEGER NOT NULL,
    cover_hash  TEXT NOT NULL,
    sort_key    TEXT NOT NULL
);

CREATE INDEX artists_listed ON artists (sort_key, id);

CREATE TABLE genres (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    album_count INTEGER NOT NULL,
    track_count INTEGER NOT NULL,
    sort_key    TEXT NOT NULL
);

CREATE TABLE folders (
    id          TEXT NOT NULL PRIMARY KEY,
    parent_id   TEXT NOT NULL, -- empty: a music folder itself
    root        TEXT NOT NULL,
    path        TEXT NOT NULL,
    name        TEXT NOT NULL,
    track_count INTEGER NOT NULL,
    sort_key    TEXT NOT NULL
);

CREATE INDEX folders_listed ON folders (parent_id, sort_key, id);

CREATE TABLE folder_pictures (
    folder          TEXT NOT NULL,
    directory       TEXT NOT NULL,
    file            TEXT NOT NULL,
    size_bytes      INTEGER NOT NULL,
    modified_micros INTEGER NOT NULL,
    hash            TEXT NOT NULL,
    PRIMARY KEY (folder, directory)
);

-- Apart from tracks: written behind playback, kept whatever happens to the file.
CREATE TABLE track_plays (
    track_id      TEXT NOT NULL PRIMARY KEY,
    plays         INTEGER NOT NULL,
    played_micros INTEGER NOT NULL -- the last time
);

CREATE INDEX track_plays_listed ON track_plays (plays, track_id);

-- Folded words of tracks: of its own name, and of what else finds it.
CREATE TABLE find_tracks (
    seq   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    other TEXT NOT NULL
);
CREATE INDEX find_tracks_by_name ON find_tracks (name);
CREATE VIRTUAL TABLE words_of_tracks USING fts5 (name, other, content = 'find_tracks', content_rowid = 'seq', prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co S* M*'");
CREATE TRIGGER find_tracks_added AFTER INSERT ON find_tracks BEGIN
    INSERT INTO words_of_tracks (rowid, name, other) VALUES (new.seq, new.name, new.other);
END;
CREATE TRIGGER find_tracks_gone AFTER DELETE ON find_tracks BEGIN
    INSERT INTO words_of_tracks (words_of_tracks, rowid, name, other) VALUES ('delete', old.seq, old.name, old.other);
END;
CREATE TRIGGER find_tracks_changed AFTER UPDATE ON find_tracks BEGIN
    INSERT INTO words_of_tracks (words_of_tracks, rowid, name, other) VALUES ('delete', old.seq, old.name, old.other);
    INSERT INTO words_of_tracks (rowid, name, other) VALUES (new.seq, new.name, new.other);
END;
CREATE VIRTUAL TABLE vocabulary_of_tracks USING fts5vocab (words_of_tracks, 'row');

-- Folded words of albums: of its own name, and of what else finds it.
CREATE TABLE find_albums (
    seq   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    other TEXT NOT NULL
);
CREATE INDEX find_albums_by_name ON find_albums (name);
CREATE VIRTUAL TABLE words_of_albums USING fts5 (name, other, content = 'find_albums', content_rowid = 'seq', prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co S* M*'");
CREATE TRIGGER find_albums_added AFTER INSERT ON find_albums BEGIN
    INSERT INTO words_of_albums (rowid, name, other) VALUES (new.seq, new.name, new.other);
END;
CREATE TRIGGER find_albums_gone AFTER DELETE ON find_albums BEGIN
    INSERT INTO words_of_albums (words_of_albums, rowid, name, other) VALUES ('delete', old.seq, old.name, old.other);
END;
CREATE TRIGGER find_albums_changed AFTER UPDATE ON find_albums BEGIN
    INSERT INTO words_of_albums (words_of_albums, rowid, name, other) VALUES ('delete', old.seq, old.name, old.other);
    INSERT INTO words_of_albums (rowid, name, other) VALUES (new.seq, new.name, new.other);
END;
CREATE VIRTUAL TABLE vocabulary_of_albums USING fts5vocab (words_of_albums, 'row');

-- Folded words of artists: of its own name, and of what else finds it.
CREATE TABLE find_artists (
    seq   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    other TEXT NOT NULL
);
CREATE INDEX find_artists_by_name ON find_artists (name);
CREATE VIRTUAL TABLE words_of_artists USING fts5 (name, other, content = 'find_artists', content_rowid = 'seq', prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co S* M*'");
CREATE TRIGGER find_artists_added AFTER INSERT ON find_artists BEGIN
    INSERT INTO words_of_artists (rowid, name, other) VALUES (new.seq, new.name, new.other);
END;
CREATE TRIGGER find_artists_gone AFTER DELETE ON find_artists BEGIN
    INSERT INTO words_of_artists (words_of_artists, rowid, name, other) VALUES ('delete', old.seq, old.name, old.other);
END;
CREATE TRIGGER find_artists_changed AFTER UPDATE ON find_artists BEGIN
    INSERT INTO words_of_artists (words_of_artists, rowid, name, other) VALUES ('delete', old.seq, old.name, old.other);
    INSERT INTO words_of_artists (rowid, name, other) VALUES (new.seq, new.name, new.other);
END;
CREATE VIRTUAL TABLE vocabulary_of_artists USING fts5vocab (words_of_artists, 'row');

