/** Kubernetes clusters: https://aws.amazon.com/eks/pricing/ */
import { freeOfCharge, line, type Pricer, unpriced } from './model.ts';
import { allMonth } from './questions.ts';

export const eks: Pricer = {
  types: ['AWS::EKS::*', 'Custom::AWSCDK-EKS-Cluster', 'Custom::AWSCDK-EKS-FargateProfile'],
  items: ({ type }) => [
    type.includes('Cluster')
      ? line('eks.cluster.hours', allMonth())
      : type.includes('Nodegroup') || type.includes('FargateProfile')
        ? unpriced(
            'Nodes and pods',
            'how many run is up to the pods of the cluster (https://aws.amazon.com/eks/pricing/)',
          )
        : freeOfCharge('an add-on costs what it runs on', 'https://aws.amazon.com/eks/pricing/'),
  ],
};
