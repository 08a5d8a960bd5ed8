/** The job's place in the page's address (`#job=job_…`), so that a reload or a shared link finds it again. */
const pattern = /^#job=(job_[0-9A-Za-z]{1,64})$/;

export const jobIn = (hash: string): string | undefined => pattern.exec(hash)?.[1];

export const hashFor = (jobId: string): string => `#job=${jobId}`;
