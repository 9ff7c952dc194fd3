// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A witness of transparency logs that lives on a chain
/// @notice Keeps, for every log, the newest tree head that it was shown, and moves to a larger one only after it has
/// checked itself that the larger tree contains the old one unchanged (RFC 9162, section 2.1.4). A log that was cut
/// back, forked or rewritten is therefore refused by every node of the chain, whoever holds the publisher's key.
/// @dev Only digests come here: no personal data, no names. Times are not stored, because chains disagree on the unit
/// of `block.timestamp`; the number of the block is, and a node tells its time.
contract LedgerWitness {
    /// @notice The newest tree head of one log.
    /// @param size Number of leaves; 0 means that the log has never been anchored here
    /// @param blockNumber Block in which this head was accepted
    /// @param root Root hash of the tree (RFC 9162, section 2.1.1, with SHA-256)
    struct Head {
        uint64 size;
        uint64 blockNumber;
        bytes32 root;
    }

    /// @notice What was recorded when a tree head was accepted.
    /// @param root Root hash of the tree of that size
    /// @param noteHash SHA-256 of the signed checkpoint as its publisher held it
    /// @param blockNumber Block in which it was accepted; 0 means that this size was never anchored
    /// @param previousSize Size of the head from which consistency was proved; 0 for the first
    /// @param publisher Who sent it
    struct Stamp {
        bytes32 root;
        bytes32 noteHash;
        uint64 blockNumber;
        uint64 previousSize;
        address publisher;
    }

    /// @notice Tells this contract from any other that a server may be pointed at by mistake.
    string public constant VERSION = "hufu.ledger-witness/1";

    /// @notice Decides who may publish. Cannot publish, and cannot change what is recorded.
    address public owner;
    /// @notice Who becomes the owner by accepting.
    address public pendingOwner;
    /// @notice Who may anchor.
    mapping(address => bool) public isPublisher;

    mapping(bytes32 => Head) private heads;
    mapping(bytes32 => mapping(uint64 => Stamp)) private stamps;

    event Anchored(
        bytes32 indexed origin,
        uint64 indexed size,
        bytes32 root,
        bytes32 noteHash,
        uint64 previousSize,
        address publisher
    );
    event PublisherChanged(address indexed publisher, bool allowed);
    event OwnershipOffered(address indexed from, address indexed to);
    event OwnershipTaken(address indexed from, address indexed to);

    /// @notice The caller has no right to this call.
    error NotAllowed();
    /// @notice The tree is smaller than the one recorded: the log was cut back.
    error Rollback(uint64 have, uint64 got);
    /// @notice Same size, another root: two histories.
    error Fork(uint64 size, bytes32 have, bytes32 got);
    /// @notice The proof does not show that the larger tree extends the recorded one.
    error Inconsistent(uint64 oldSize, uint64 newSize);

    /// @param owner_ Who decides on publishers; another key than the publisher's
    /// @param publisher The first publisher
    constructor(address owner_, address publisher) {
        if (owner_ == address(0)) revert NotAllowed();
        owner = owner_;
        emit OwnershipTaken(address(0), owner_);
        isPublisher[publisher] = true;
        emit PublisherChanged(publisher, true);
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotAllowed();
        _;
    }

    /// @notice Admits or dismisses a publisher.
    function setPublisher(address publisher, bool allowed) external onlyOwner {
        isPublisher[publisher] = allowed;
        emit PublisherChanged(publisher, allowed);
    }

    /// @notice First step of a transfer; the present owner stays until the next one accepts. Zero withdraws the offer.
    function offerOwnership(address to) external onlyOwner {
        pendingOwner = to;
        emit OwnershipOffered(owner, to);
    }

    /// @notice Second step, by the next owner, who thereby proves to hold the key.
    function acceptOwnership() external {
        if (msg.sender != pendingOwner) revert NotAllowed();
        emit OwnershipTaken(owner, msg.sender);
        owner = msg.sender;
        pendingOwner = address(0);
    }

    /// @notice Records a tree head. Repeating the recorded one changes nothing and is no error, so that a sender who
    /// does not know whether an earlier transaction arrived may send it again.
    /// @param origin SHA-256 of the log's origin line, without its line break
    /// @param size Number of leaves, at least 1
    /// @param root Root hash of the tree of this size
    /// @param noteHash SHA-256 of the signed checkpoint
    /// @param proof Consistency proof from the recorded size to this one (RFC 9162, section 2.1.4.1); empty for the
    /// first head of a log, and when the size is unchanged
    function anchor(bytes32 origin, uint64 size, bytes32 root, bytes32 noteHash, bytes32[] calldata proof) external {
        if (!isPublisher[msg.sender]) revert NotAllowed();
        Head storage head = heads[origin];
        uint64 have = head.size;
        if (size < have) revert Rollback(have, size);
        if (size == 0) revert Inconsistent(0, 0);
        if (size == have) {
            if (root != head.root) revert Fork(size, head.root, root);
            return;
        }
        if (!isConsistent(have, size, head.root, root, proof)) revert Inconsistent(have, size);
        uint64 blockNumber = uint64(block.number);
        heads[origin] = Head(size, blockNumber, root);
        stamps[origin][size] = Stamp(root, noteHash, blockNumber, have, msg.sender);
        emit Anchored(origin, size, root, noteHash, have, msg.sender);
    }

    /// @notice The newest tree head of a log; size 0 when there is none.
    function headOf(bytes32 origin) external view returns (Head memory) {
        return heads[origin];
    }

    /// @notice What was recorded for exactly this size; block number 0 when nothing was.
    function stampOf(bytes32 origin, uint64 size) external view returns (Stamp memory) {
        return stamps[origin][size];
    }

    /// @notice Verifies a consistency proof between two tree heads, step by step as in RFC 9162, section 2.1.4.2.
    /// Every tree extends the empty one, which needs no proof and leaves no room for one.
    function isConsistent(
        uint64 first,
        uint64 second,
        bytes32 firstRoot,
        bytes32 secondRoot,
        bytes32[] calldata proof
    ) public pure returns (bool) {
        if (first > second) return false;
        if (first == second) return proof.length == 0 && firstRoot == secondRoot;
        if (first == 0) return proof.length == 0;
        if (proof.length == 0) return false;

        uint64 fn = first - 1;
        uint64 sn = second - 1;
        while (fn & 1 == 1) {
            fn >>= 1;
            sn >>= 1;
        }

        // Step 2: a complete tree is its own first node and is left out of the proof.
        bool complete = first & (first - 1) == 0;
        bytes32 fr = complete ? firstRoot : proof[0];
        bytes32 sr = fr;
        for (uint256 i = complete ? 0 : 1; i < proof.length; i++) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                fr = parentOf(proof[i], fr);
                sr = parentOf(proof[i], sr);
                while (fn != 0 && fn & 1 == 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = parentOf(sr, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == firstRoot && sr == secondRoot;
    }

    /// @dev Inner node (RFC 9162, section 2.1.1).
    function parentOf(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }
}
