import type { Directory } from '../../iam/directory.ts';
import type { ServiceEnvironment } from '../../service.ts';

export interface StsContext {
  readonly env: ServiceEnvironment;
  readonly directory: Directory;
}
