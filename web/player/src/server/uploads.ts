import { readJsonFrom, sendJsonTo, type TrackPage } from "./api.ts";

/** A file on its way into the library. */
export interface UploadDetail {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** When the sender's file was last changed, ms since the Unix epoch; null: not told. */
  readonly modifiedMs: number | null;
  readonly receivedBytes: number;
  readonly state: "receiving" | "checking" | "accepted" | "refused";
  /** Once the library has it. */
  readonly trackId: string | null;
  readonly reason: string | null;
}

export interface UploadList {
  readonly uploads: readonly UploadDetail[];
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Of the account's own uploads. */
  readonly accountUsedBytes: number;
  readonly accountQuotaBytes: number;
  readonly maxFileBytes: number;
}

export const fetchUploads = (): Promise<UploadList> => readJsonFrom("/api/uploads");
export const fetchUpload = (id: string): Promise<UploadDetail> => readJsonFrom(`/api/uploads/${id}`);
export const cancelUpload = (id: string): Promise<void> => sendJsonTo("DELETE", `/api/uploads/${id}`);

/** What was uploaded and is in the library, the newest first. */
export const fetchUploaded = (everybodys: boolean, limit: number): Promise<TrackPage> =>
  readJsonFrom(`/api/uploads/tracks?of=${everybodys ? "all" : "mine"}&limit=${limit}`);
export const removeUploaded = (trackId: string): Promise<void> => sendJsonTo("DELETE", `/api/uploads/tracks/${trackId}`);
