/** Does the app keep running when an availability zone is lost? */
import { answer, notReviewed } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const survivesZone: Item = {
  id: 'survives-zone',
  area: 'backup',
  question: 'Does the app keep running when an availability zone is lost?',
  next: 'See the single points of failure in the recovery section.',
  blocks: true,
  reference: practice('reliability', 'rel_fault_isolation_multiaz_region_system'),
  check: ({ recovery }) => {
    const whole = recovery?.whole.find(({ scenario }) => scenario === 'lost-zone');
    if (whole === undefined) return notReviewed('recovery');
    if (whole.survives === 'cannot-tell') return answer('cannot-tell', 'review', whole.because);
    return answer(
      whole.survives === 'no' ? 'no' : 'yes',
      'review',
      whole.because,
      (recovery?.singlePoints ?? []).map(({ resource, what }) => ({ at: resource.id, shows: what })),
    );
  },
};
