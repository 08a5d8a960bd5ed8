// Lists the resources of a template in the order in which CloudFormation can create them.
import { analyse, readTemplateFile } from 'slipway/template';

const { resources, order } = analyse(await readTemplateFile(process.argv[2] ?? 'template.yaml'));
for (const id of order) {
  const resource = resources.get(id);
  console.log(`${id} (${resource?.type}) after ${[...(resource?.dependsOn ?? [])].join(', ') || 'nothing'}`);
}
