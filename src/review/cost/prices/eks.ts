/** Amazon EKS: https://aws.amazon.com/eks/pricing/ . Nodes are instances, and pods on Fargate are vCPU and memory. */
import { rowsOf, source } from './author.ts';

const blog = source(
  'https://aws.amazon.com/blogs/containers/amazon-eks-extended-support-for-kubernetes-versions-pricing/',
  '2026-11-21',
  'aws',
);
const row = rowsOf('Amazon EKS', 'AmazonEKS');

export const eks = [
  row({
    id: 'eks.cluster.hours',
    what: 'Cluster, a Kubernetes version in standard support',
    unit: 'hour',
    regions: blog.flat('0.10'),
    note: 'a version in extended support costs six times as much',
  }),
  row({
    id: 'eks.cluster.hours.extended',
    what: 'Cluster, a Kubernetes version in extended support',
    unit: 'hour',
    regions: blog.flat('0.60'),
  }),
];
