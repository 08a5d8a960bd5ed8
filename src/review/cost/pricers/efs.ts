/** Shared file systems: https://aws.amazon.com/efs/pricing/ */
import { type Resource, textAt } from '../../../architecture/index.ts';
import { type Amount, constant, perUse, times } from '../amount.ts';
import { type Item, line, type Pricer, type Question } from './model.ts';
import { mapsIn, read } from './properties.ts';
import { assumed, each, monthly } from './questions.ts';

const isElastic = (files: Resource): boolean => textAt(files.properties, 'ThroughputMode') === 'elastic';

/** The classes that its lifecycle moves files to when nobody reads them. */
const lifecycleOf = (files: Resource) => {
  const policies = mapsIn(files.properties.LifecyclePolicies);
  return {
    infrequent: policies.some(({ TransitionToIA }) => TransitionToIA !== undefined),
    archive: policies.some(({ TransitionToArchive }) => TransitionToArchive !== undefined),
  };
};

const classQuestions = (files: Resource): readonly Question[] => {
  const { infrequent, archive } = lifecycleOf(files);
  return [
    ...(infrequent
      ? [
          each(
            'infrequentPercent',
            'Share of the data that its lifecycle has moved to Infrequent Access',
            '%',
            archive ? 30 : 80,
            'AWS names four fifths of files as seldom read',
          ),
        ]
      : []),
    ...(archive
      ? [
          each(
            'archivePercent',
            'Share of the data that its lifecycle has moved to Archive',
            '%',
            50,
            'most of what is seldom read is not read for months',
          ),
        ]
      : []),
    ...(infrequent || archive
      ? [
          monthly('coldGB', 'Data read from or moved to the cheaper classes', 'GB', (flow) =>
            assumed(
              times(flow.of(files, 'storedGB'), 0.05, '5 %'),
              'files that nobody reads are moved once, and seldom read afterwards',
            ),
          ),
        ]
      : []),
  ];
};

export const fileSystem: Pricer = {
  types: ['AWS::EFS::FileSystem'],
  questions: (files) => [
    monthly('storedGB', 'Data stored', 'GB', () => assumed(constant(5, 'GB'), 'a small shared folder')),
    ...classQuestions(files),
    monthly('transferGB', 'Data read and written (elastic throughput)', 'GB', (flow) =>
      assumed(perUse(0.001, 'GB'), `a megabyte per ${flow.uses.unit}`),
    ),
  ],
  items: (files, flow) => {
    const zone = files.properties.AvailabilityZoneName === undefined ? 'standard' : 'onezone';
    const { infrequent, archive } = lifecycleOf(files);
    const stored = flow.of(files, 'storedGB');
    const provisioned = read(files).number('ProvisionedThroughputInMibps', 0) ?? 0;
    const moved = (key: string): Amount => times(times(stored, flow.of(files, key)), 1 / 100, '÷ 100');
    const percent = (key: string): Amount => flow.of(files, key);
    const shares = [
      ...(infrequent ? [percent('infrequentPercent')] : []),
      ...(archive ? [percent('archivePercent')] : []),
    ];
    const left = (uses: number): number =>
      Math.max(0, 100 - shares.reduce((all, share) => all + share.quantity(uses), 0));
    const hot: Amount =
      shares.length === 0
        ? stored
        : times(stored, { quantity: (uses) => left(uses) / 100, explain: ({ uses }) => `${left(uses)} %` });
    const items: Item[] = [line(`efs.${zone}.storage`, hot)];
    // The table has the colder classes of regional storage only; a row that it lacks is named as not priced.
    const colder = zone === 'standard' ? 'efs' : 'efs.onezone';
    if (infrequent)
      items.push(
        line(`${colder}.${isElastic(files) ? 'ia' : 'ia-bursting'}.storage`, moved('infrequentPercent')),
      );
    if (archive) items.push(line(`${colder}.archive.storage`, moved('archivePercent')));
    if (shares.length > 0) items.push(line('efs.ia.access', flow.of(files, 'coldGB')));
    if (isElastic(files))
      items.push(
        line('efs.elastic.read', times(flow.of(files, 'transferGB'), 0.5, 'half of it read')),
        line('efs.elastic.write', times(flow.of(files, 'transferGB'), 0.5, 'half of it written')),
      );
    if (provisioned > 0) items.push(line('efs.provisioned-throughput', constant(provisioned, 'MB/s')));
    return items;
  },
};
