package dev.selfheal.validation.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * System-call numbers of one machine (Linux {@code arch/x86/entry/syscalls/syscall_64.tbl},
 * {@code include/uapi/asm-generic/unistd.h}).
 *
 * @param auditArchitecture AUDIT_ARCH_*, what the kernel reports with every call
 * @param denied calls that are refused whatever their arguments
 */
record SystemCalls(int auditArchitecture, int cloneProcess, int clone3, int ioctl, int socket, List<Integer> denied) {

    private static final SystemCalls X86_64 = new SystemCalls(
            0xC000003E,
            56,
            435,
            16,
            41,
            List.of(
                    57, 58, // fork, vfork
                    101, 310, 311, 312, 438, 440, // ptrace, process_vm_readv/writev, kcmp, pidfd_getfd, process_madvise
                    165, 166, 155, 161, 272, 308, // mount, umount2, pivot_root, chroot, unshare, setns
                    428, 429, 430, 431, 432, 433, 442, // open_tree, move_mount, fsopen … fspick, mount_setattr
                    248, 249, 250, // add_key, request_key, keyctl
                    321, 298, 323, 425, 426, 427, // bpf, perf_event_open, userfaultfd, io_uring_*
                    246, 320, 175, 313, 174, 176, // kexec_load, kexec_file_load, init_module … delete_module
                    167, 168, 169, 103, 163, 179, // swapon, swapoff, reboot, syslog, acct, quotactl
                    303, 304, 135, 278,
                    212, // name_to_handle_at, open_by_handle_at, personality, vmsplice, lookup_dcookie
                    237, 238, 256, 279, 447, // mbind, set_mempolicy, migrate_pages, move_pages, memfd_secret
                    154, 172, 173, 134)); // modify_ldt, iopl, ioperm, uselib

    private static final SystemCalls AARCH64 = new SystemCalls(
            0xC00000B7,
            220,
            435,
            29,
            198,
            List.of(
                    117, 270, 271, 272, 438, 440, // ptrace, process_vm_readv/writev, kcmp, pidfd_getfd, process_madvise
                    40, 39, 41, 51, 97, 268, // mount, umount2, pivot_root, chroot, unshare, setns
                    428, 429, 430, 431, 432, 433, 442, // open_tree, move_mount, fsopen … fspick, mount_setattr
                    217, 218, 219, // add_key, request_key, keyctl
                    280, 241, 282, 425, 426, 427, // bpf, perf_event_open, userfaultfd, io_uring_*
                    104, 294, 105, 273, 106, // kexec_load, kexec_file_load, init_module, finit_module, delete_module
                    224, 225, 142, 116, 89, 60, // swapon, swapoff, reboot, syslog, acct, quotactl
                    264, 265, 92, 75, 18, // name_to_handle_at, open_by_handle_at, personality, vmsplice, lookup_dcookie
                    235, 237, 238, 239, 447)); // mbind, set_mempolicy, migrate_pages, move_pages, memfd_secret

    static Optional<SystemCalls> of(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64", "arm64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
