/** What happened on a queue since the last minute's metrics. */

export interface Counts {
  sent: number;
  sentBytes: number[];
  received: number;
  deleted: number;
  emptyReceives: number;
  /** When the queue was last used; AWS publishes metrics of queues used in the last six hours. */
  usedAt: number;
  reset(): void;
}

export function createCounts(): Counts {
  return {
    sent: 0,
    sentBytes: [],
    received: 0,
    deleted: 0,
    emptyReceives: 0,
    usedAt: 0,
    reset() {
      this.sent = this.received = this.deleted = this.emptyReceives = 0;
      this.sentBytes = [];
    },
  };
}
