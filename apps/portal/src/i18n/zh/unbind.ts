export const unbind = {};
