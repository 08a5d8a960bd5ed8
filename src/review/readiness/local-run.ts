/** What was rehearsed on a machine before launch. Every field may be absent; what is absent proves nothing. */
export interface Rehearsals {
  /** Units of work that were run end to end. */
  readonly jobs?: { readonly run: number; readonly completed: number; readonly failed: number };
  /** Milliseconds by route or job type, beside the objective. */
  readonly latencies?: readonly {
    readonly what: string;
    readonly p95Ms: number;
    readonly objectiveMs?: number;
  }[];
  readonly load?: {
    readonly requestsPerSecond: number;
    readonly seconds: number;
    readonly errors: number;
  };
  /** Faults that were injected on purpose. */
  readonly faults?: readonly {
    readonly what: string;
    readonly recovered: boolean;
    readonly seconds?: number;
  }[];
  /** Kills and restarts, and whether acknowledged work was still there. */
  readonly restarts?: readonly { readonly what: string; readonly kept: boolean }[];
  /** Backups that were restored. */
  readonly restores?: readonly {
    readonly what: string;
    readonly seconds: number;
    readonly complete: boolean;
  }[];
  /** Logical ids of alarms that were made to fire. */
  readonly alarmsFired?: readonly string[];
  /** Calls that IAM denied though the application needed them. */
  readonly denials?: number;
}

export interface LocalRun extends Rehearsals {
  /** `YYYY-MM-DD`. */
  readonly measuredAt: string;
  /** What measured it: the command. */
  readonly by: string;
}
