/** What a local run counted, as its meter writes it: billing units by service, dimension, resource and hour. */
export interface MeterTotal {
  /** The local cloud's name of the service: 'sqs'. */
  readonly service: string;
  /** 'requests:SendMessage', 'gb-seconds:arm64', 'byte-hours'. */
  readonly usage: string;
  readonly quantity: number;
  /** A name, id or ARN; absent for what is counted per service. */
  readonly resource?: string;
  /** First millisecond of the hour, since the epoch. */
  readonly hour: number;
}
