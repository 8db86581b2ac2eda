//! A Merkle tree over the log's lines (RFC 6962, section 2.1), grown leaf by leaf in memory that rises
//! with the logarithm of its size.

use sha2::{Digest, Sha256};

use super::event::Hash;

/// The tree so far: the roots of its full subtrees, the largest first.
#[derive(Clone, Debug, Default)]
pub struct MerkleTree {
    size: u64,
    full: Vec<Hash>,
}

impl MerkleTree {
    /// An empty tree.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            size: 0,
            full: Vec::new(),
        }
    }

    /// Puts the next leaf in.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut node = hash_of(0, &[leaf]);
        // Each trailing one bit of the size is a full subtree that the new one completes.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.full.pop() {
                node = hash_of(1, &[&left, &node]);
            }
        }
        self.full.push(node);
        self.size += 1;
    }

    /// How many leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over every leaf.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut subtrees = self.full.iter().rev();
        match subtrees.next() {
            Some(last) => subtrees.fold(*last, |right, left| hash_of(1, &[left, &right])),
            None => Sha256::digest([]).into(),
        }
    }
}

/// Leaves and nodes are told apart by their first byte, so that none passes for the other.
fn hash_of(tag: u8, parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new_with_prefix([tag]);
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    /// The definition, as the RFC writes it.
    fn defined(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => hash_of(0, &[leaf]),
            leaves => {
                let split = leaves.len().next_power_of_two() / 2;
                hash_of(1, &[&defined(&leaves[..split]), &defined(&leaves[split..])])
            }
        }
    }

    #[test]
    fn the_roots_of_certificate_transparency() {
        // The reference values of google/certificate-transparency's merkle tree tests.
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = MerkleTree::new();
        for (leaf, root) in leaves.iter().zip(roots) {
            tree.push(&HEXLOWER.decode(leaf.as_bytes()).unwrap());
            assert_eq!(HEXLOWER.encode(&tree.root()), root, "{}", tree.size());
        }
    }

    proptest! {
        #[test]
        fn grown_leaf_by_leaf_it_is_the_tree_that_is_defined(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..200)
        ) {
            let mut tree = MerkleTree::new();
            for leaf in &leaves {
                tree.push(leaf);
            }
            prop_assert_eq!(tree.root(), defined(&leaves));
        }
    }
}
