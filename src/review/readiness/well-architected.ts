/** Pages of AWS that items of the list follow from. */
const guide = 'https://docs.aws.amazon.com/wellarchitected/latest/';

export const operationalReadiness = `${guide}operational-readiness-reviews/wa-operational-readiness-reviews.html`;

/** A best practice of the Well-Architected Framework. */
export const practice = (pillar: string, page: string): string => `${guide}${pillar}-pillar/${page}.html`;
