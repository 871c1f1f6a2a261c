export const GRAM = 5;
