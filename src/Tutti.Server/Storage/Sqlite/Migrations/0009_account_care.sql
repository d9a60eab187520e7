-- Accounts that were deleted, until what they left in rooms, devices and playlists is cleared away: a crash in between is made good at the next start.
CREATE TABLE ended_accounts (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;

-- Each lets one person give their account a new password, once. A new link takes the place of the last.
CREATE TABLE password_reset_links (
    account_id     TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    hash           TEXT    NOT NULL UNIQUE,
    expires_micros INTEGER NOT NULL -- wall-clock, µs since the Unix epoch
) WITHOUT ROWID;
