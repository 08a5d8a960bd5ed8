/** Turns on versioning of a bucket, and stops its stack from emptying it. */
import { textAt } from '../../../architecture/index.ts';
import { losses, steps } from '../figures.ts';
import { manual } from '../options.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const bucketVersioning: Change = {
  id: 'bucket-versioning',
  propose: (component, { context }) => {
    const { resource } = component;
    if (resource.type !== 'AWS::S3::Bucket' || component.data !== 'kept') return undefined;
    const empties = resource.usedBy.some(({ to }) => to.type === 'Custom::S3AutoDeleteObjects');
    const on = textAt(resource.properties, 'VersioningConfiguration.Status') === 'Enabled';
    if (on && !empties) return undefined;
    const gb = context.dataGb(resource) * 0.1;
    return proposalFor(
      'bucket-versioning',
      component,
      {
        title: on
          ? `Stop ${component.resource.name} from being emptied with its stack`
          : `Keep earlier versions in ${component.resource.name}`,
        how: on
          ? 'DeletionPolicy: Retain and no autoDeleteObjects (CDK: removalPolicy: RETAIN, autoDeleteObjects: false)'
          : 'VersioningConfiguration: { Status: Enabled }, a lifecycle rule that expires old versions, DeletionPolicy: Retain, and no autoDeleteObjects',
        prices: on
          ? []
          : [
              {
                priceId: 's3.standard.storage',
                what: 'old versions',
                quantity: gb,
                basis: {
                  ...dataSize(gb, context, resource),
                  figure: `${gb} GB: old versions assumed a tenth of the data`,
                  assumed: true,
                },
              },
            ],
      },
      [
        manual(
          ['software-fault', 'deleted'],
          'keeps earlier versions, which a person copies back',
          [steps.undelete],
          null,
          [losses.versions],
        ),
      ],
    );
  },
};
