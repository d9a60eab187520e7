-- What a room keeps beside its state: history, who is silent in it.
ALTER TABLE rooms ADD COLUMN kept_json TEXT NOT NULL DEFAULT '{}';

-- What is set of devices.
CREATE TABLE devices (
    owner       TEXT NOT NULL, -- whose it is; empty: of no account
    id          TEXT NOT NULL,
    kind        TEXT    NOT NULL, -- Browser, App, Speaker or Control
    name        TEXT    NOT NULL,
    icon        TEXT    NOT NULL, -- empty: that of its kind
    volume      INTEGER  NOT NULL, -- 0 to 100
    muted       INTEGER  NOT NULL, -- 0 or 1
    trim_ms     REAL NOT NULL,
    seen_micros INTEGER  NOT NULL,
    PRIMARY KEY (owner, id)
) WITHOUT ROWID;
