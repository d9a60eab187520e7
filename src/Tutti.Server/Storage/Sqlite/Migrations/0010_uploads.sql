-- Whose the files in the folder of uploads are. Whether they are there, and how large, the folder itself says.
CREATE TABLE uploaded_files (
    path       TEXT NOT NULL PRIMARY KEY, -- within the folder of uploads, parted by '/'
    account_id TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX uploaded_files_of_account ON uploaded_files (account_id, path);

-- Administrators may in any case.
ALTER TABLE accounts ADD COLUMN may_upload INTEGER NOT NULL DEFAULT 0;
