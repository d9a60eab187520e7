-- Loudness as measured, good as long as size and time of change are the same.
CREATE TABLE sound_levels (
    path            TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- absolute
    size_bytes      BIGINT NOT NULL,
    modified_micros BIGINT NOT NULL,
    integrated_lufs DOUBLE PRECISION NOT NULL,
    true_peak_db    DOUBLE PRECISION NOT NULL
);
