/** Are images and dependencies scanned for known vulnerabilities? */
import { flagAt } from '../../../architecture/index.ts';
import { answer, survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const imageScanning: Item = {
  id: 'image-scanning',
  area: 'security',
  question: 'Are images and dependencies scanned for known vulnerabilities?',
  next: 'ImageScanningConfiguration: { ScanOnPush: true } or Amazon Inspector, and a scan of dependencies in the pipeline.',
  reference: practice('security', 'sec_protect_compute_vulnerability_management'),
  check: ({ app }) => {
    const repositories = app.ofType('AWS::ECR::Repository');
    if (repositories.length === 0)
      return answer(
        'person',
        'nobody',
        'No image repository is in the template; where code is built, a person must tell.',
      );
    return survey({
      resources: repositories,
      what: 'image repositories',
      are: 'scan on push',
      lacks: 'ScanOnPush is off',
      judge: ({ properties }) => flagAt(properties, 'ImageScanningConfiguration.ScanOnPush') === true,
    });
  },
};
