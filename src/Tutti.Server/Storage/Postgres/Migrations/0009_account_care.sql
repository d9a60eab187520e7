-- Accounts that were deleted, until what they left in rooms, devices and playlists is cleared away: a crash in between is made good at the next start.
CREATE TABLE ended_accounts (
    id   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

-- Each lets one person give their account a new password, once. A new link takes the place of the last.
CREATE TABLE password_reset_links (
    account_id     TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    hash           TEXT    NOT NULL UNIQUE,
    expires_micros BIGINT  NOT NULL -- wall-clock, µs since the Unix epoch
);
