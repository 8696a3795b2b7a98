# Runs as process 1 of new user, mount, pid, network, ipc, uts and cgroup namespaces, as their root.
# Builds a root of its own from read-only mounts, moves into it, gives up every capability, becomes the inmate.
#
#   root wd home tmp mib processes -- link target ... -- source place ... -- program argument ...
#
# No value is ever spliced into shell text: all of them arrive as arguments.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin

root=$1 wd=$2 home=$3 tmp=$4 mib=$5 processes=$6
shift 7

place() { # makes the place for a mount, a folder or a file as the source is
    if [ -d "$1" ]; then mkdir -p "$2"; else mkdir -p "${2%/*}"; [ -e "$2" ] || : >"$2"; fi
}

read_only() { # flags of the source mount are locked in a user namespace and have to be named again
    for flags in nosuid,nodev nosuid,nodev,noexec nosuid,nodev,noatime nosuid,nodev,noexec,noatime; do
        mount -o "remount,bind,ro,$flags" "$1" 2>/dev/null && return
    done
    echo "cannot make $1 read-only" && return 1
}

bind() {
    place "$1" "$root$2"
    mount --bind "$1" "$root$2"
    read_only "$root$2"
}

scratch() { # folder, MiB
    mkdir -p "$root$1"
    mount -t tmpfs -o "size=${2}m,mode=1777,nosuid,nodev" tmpfs "$root$1"
}

mount -t tmpfs -o size=1m,mode=755,nosuid,nodev tmpfs "$root"
mkdir -p "$root/proc" "$root/dev" "$root/old" "$root/usr/bin"

mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
hostname sandbox 2>/dev/null || : # the host's name is no secret; where there is no such program it stays
echo 0 >"$root/proc/sys/user/max_user_namespaces"
# The worker may be root, and so the owner of these settings, who may write them without capabilities.
mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc"

for device in null zero full random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
scratch /dev/shm 16
scratch "$tmp" "$mib"
scratch "$home" "$mib"

while [ "$1" != -- ]; do ln -s "$2" "$root$1"; shift 2; done
shift
while [ "$1" != -- ]; do bind "$1" "$2"; shift 2; done
shift
for tool in umount setpriv; do bind "$(command -v $tool)" "/usr/bin/$tool"; done
ip link set lo up 2>/dev/null || : # a loopback of its own, where iproute2 is installed

mount -o remount,bind,ro,nosuid,nodev "$root"
cd "$root"
pivot_root . old
cd /
/usr/bin/umount -l /old
cd "$wd"
ulimit -u "$processes" 2>/dev/null || ulimit -p "$processes" # bash and dash disagree on the letter
exec /usr/bin/setpriv --pdeathsig KILL --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"
