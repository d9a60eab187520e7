-- Loudness as measured, good as long as size and time of change are the same.
CREATE TABLE sound_levels (
    path            TEXT    NOT NULL PRIMARY KEY, -- absolute
    size_bytes      INTEGER NOT NULL,
    modified_micros INTEGER NOT NULL,
    integrated_lufs REAL    NOT NULL,
    true_peak_db    REAL    NOT NULL
) WITHOUT ROWID;
