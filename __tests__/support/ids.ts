/** Old ids of three people, and new ones of two. */
export const ANA = "a1b2c3d4-1111-4aaa-8bbb-00000000a001";
export const BEN = "b1b2c3d4-2222-4aaa-8bbb-00000000b002";
export const CAT = "c1b2c3d4-3333-4aaa-8bbb-00000000c003";
export const ANA_NEW = "e1b2c3d4-7777-4ccc-9ddd-00000000e001";
export const BEN_NEW = "f1b2c3d4-8888-4ccc-9ddd-00000000f002";
