import { readJsonFrom, sendJsonTo } from "./api.ts";

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
  readonly maxFileBytes: number;
}

export const fetchUploads = (): Promise<UploadList> => readJsonFrom("/api/uploads");
export const fetchUpload = (id: string): Promise<UploadDetail> => readJsonFrom(`/api/uploads/${id}`);
export const cancelUpload = (id: string): Promise<void> => sendJsonTo("DELETE", `/api/uploads/${id}`);
