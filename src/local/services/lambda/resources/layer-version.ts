import type { Architecture, LayerVersionContentInput, Runtime } from '@aws-sdk/client-lambda';
import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

interface LayerVersionProperties {
  readonly LayerName?: string;
  readonly Content: LayerVersionContentInput;
  readonly Description?: string;
  readonly LicenseInfo?: string;
  readonly CompatibleRuntimes?: Runtime[];
  readonly CompatibleArchitectures?: Architecture[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html */
export const layerVersion = resourceType<LayerVersionProperties>({
  type: 'AWS::Lambda::LayerVersion',
  mode: 'live',
  honoured: ['LayerName', 'Content', 'Description', 'LicenseInfo'],
  kept: {
    CompatibleRuntimes: 'kept and shown: AWS does not hold functions to it either',
    CompatibleArchitectures: 'kept and shown: AWS does not hold functions to it either',
  },
  async create({ properties: p, invoke, uniqueName }) {
    const made = await invoke('lambda', 'PublishLayerVersion', {
      ...p,
      LayerName: p.LayerName ?? uniqueName(140),
    });
    const LayerVersionArn = required(made.LayerVersionArn, 'LayerVersionArn');
    return { physicalId: LayerVersionArn, attributes: { LayerVersionArn } };
  },
  async delete({ physicalId, invoke }) {
    const [, LayerName, version] = /:layer:([^:]+):(\d+)$/.exec(physicalId) ?? [];
    if (LayerName)
      await invoke('lambda', 'DeleteLayerVersion', { LayerName, VersionNumber: Number(version) });
  },
});
