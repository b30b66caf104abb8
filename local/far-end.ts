/** A far end: a server on this machine that stands where an AWS service stands when the newsletter is deployed. */

export interface FarEnd {
  /** Such as `http://127.0.0.1:8025`, without a slash at the end. */
  url: string;
  /** Stops it and drops every open connection; call it after the clients that use it are destroyed. */
  close(): Promise<void>;
}
