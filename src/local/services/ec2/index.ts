/** Amazon EC2: its API is refused by name; the types of a network are kept (src/local/kept). */
import type { Service } from '../../service.ts';

export const createEc2 = (): Service => ({ operations: [] });
