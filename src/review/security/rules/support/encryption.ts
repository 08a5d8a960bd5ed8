/** Who holds the key of what, as the report says it. */
import {
  type Architecture,
  encryptions,
  factsOf,
  resourceRef,
  storeKind,
} from '../../../../architecture/index.ts';
import type { EncryptedStore } from '../../report.ts';

export const encryptionReport = (app: Architecture): EncryptedStore[] =>
  encryptions(app).map(({ resource, holder, key, evidence }) => ({
    resource: resourceRef(resource),
    kind: storeKind(resource) ?? factsOf(resource.type)?.called ?? 'store',
    key: holder,
    ...(key === undefined ? {} : { keyResource: resourceRef(key) }),
    evidence,
  }));
