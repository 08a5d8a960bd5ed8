/**
 * The words of the job contract: what the API answers, what the table keeps, what the queue carries, and
 * which status may follow which. A completed job is final; everything else may be tried again.
 */
export const jobStatuses = ['pending', 'processing', 'completed', 'failed'] as const;

export type JobStatus = (typeof jobStatuses)[number];

/** Below Lambda's 6 MB for an invocation, with room for the rest of the event. */
export const maxBodyBytes = 5 * 1024 * 1024;

/** The answer to `POST /jobs`. Times are Unix seconds. */
export interface JobAccepted {
  readonly job_id: string;
  readonly status: 'pending';
  readonly created_at: number;
}

/** What the table keeps for one job, apart from `expires_at`. */
export interface JobRecord {
  readonly job_id: string;
  readonly status: JobStatus;
  readonly created_at: number;
  readonly updated_at: number;
  readonly input_s3_key: string;
  readonly output_s3_key?: string;
  readonly processing_time?: number;
  readonly rooms_count?: number;
  readonly confidence_score?: number;
  readonly error_message?: string;
}

/** The answer to `GET /jobs/{job_id}`. */
export interface JobView {
  readonly job_id: string;
  readonly status: JobStatus;
  readonly created_at: number;
  readonly updated_at: number;
  readonly processing_time?: number;
  readonly rooms_count?: number;
  readonly confidence_score?: number;
  readonly output_url?: string;
  readonly error_message?: string;
}

/** The body of a queue message. */
export interface JobMessage {
  readonly job_id: string;
  readonly input_s3_key: string;
}

/**
 * From which statuses a job may come to be in each one. `failed` may go back to `processing`: that is what an
 * operator's redrive from the dead-letter queue does. `completed` is in no other row, so a message that is
 * delivered twice finds the door shut.
 */
const sources: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  pending: [],
  processing: ['pending', 'processing', 'failed'],
  completed: ['processing'],
  failed: ['pending', 'processing', 'failed'],
};

export const sourcesOf = (target: JobStatus): readonly JobStatus[] => sources[target];

export const mayBecome = (from: JobStatus, to: JobStatus): boolean => sources[to].includes(from);

export const isFinal = (status: JobStatus): boolean => status === 'completed' || status === 'failed';

export const isJobStatus = (value: unknown): value is JobStatus =>
  jobStatuses.some((status) => status === value);

export const inputKey = (jobId: string): string => `jobs/${jobId}/input.json`;
export const outputKey = (jobId: string): string => `jobs/${jobId}/output.json`;

/** Reads a queue message's body; undefined when it is not one of ours. */
export function readJobMessage(body: string | undefined): JobMessage | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '');
    if (typeof value !== 'object' || value === null) return undefined;
    const { job_id, input_s3_key } = value as Partial<Record<keyof JobMessage, unknown>>;
    if (typeof job_id !== 'string' || typeof input_s3_key !== 'string') return undefined;
    return { job_id, input_s3_key };
  } catch {
    return undefined;
  }
}

/** The public view of a record: exactly the fields of the contract, and only those that apply to its status. */
export function viewOf(record: JobRecord, outputUrl: string | undefined): JobView {
  const base = {
    job_id: record.job_id,
    status: record.status,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
  switch (record.status) {
    case 'completed':
      return {
        ...base,
        processing_time: record.processing_time,
        rooms_count: record.rooms_count,
        confidence_score: record.confidence_score,
        output_url: outputUrl,
      };
    case 'failed':
      return { ...base, error_message: record.error_message };
    default:
      return base;
  }
}
