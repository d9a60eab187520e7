-- Who may come in. Times are wall-clock, µs since the Unix epoch.

CREATE TABLE accounts (
    id               TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    name_key         TEXT    NOT NULL UNIQUE, -- the name without case
    password_hash    TEXT    NOT NULL,
    is_administrator INTEGER NOT NULL,
    created_micros   INTEGER NOT NULL
) WITHOUT ROWID;

-- Sessions of browsers, sign-ins of apps, personal access tokens.
CREATE TABLE credentials (
    id             TEXT    NOT NULL PRIMARY KEY,
    account_id     TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind           TEXT    NOT NULL, -- Browser, Bearer or Token
    name           TEXT    NOT NULL,
    secret_hash    TEXT    NOT NULL, -- SHA-256 of its secret; empty for Bearer
    created_micros INTEGER NOT NULL,
    used_micros    INTEGER NOT NULL,
    expires_micros INTEGER           -- null: never
) WITHOUT ROWID;

CREATE INDEX credentials_of_account ON credentials (account_id, created_micros);
CREATE INDEX credentials_by_end ON credentials (expires_micros);

-- Each lets one person sign up, once.
CREATE TABLE sign_up_links (
    id             TEXT    NOT NULL PRIMARY KEY,
    hash           TEXT    NOT NULL UNIQUE,
    created_micros INTEGER NOT NULL,
    expires_micros INTEGER NOT NULL
) WITHOUT ROWID;
