"""Programs and shell words whose names are no words of a language: a line that begins with one is a command."""

NAMES = frozenset(
    """
    ab adb add-apt-repository addgroup addr2line adduser aircrack-ng airmon-ng ansible ansible-playbook apk apt
    apt-cache apt-get apt-key apt-mark arp arp-scan arping arpspoof arptables arpwatch autossh awk basename bash
    batctl bc bcc-tools bettercap bfdd bgpctl bgpd bird birdc birdc6 blkid bluetoothctl bmon bpfc bpftool bpftrace
    brctl brew btmon buildah busctl busybox bwm-ng bzip2 calicoctl capinfos capsh cat cd cdpr cgcreate cgexec cgset
    charon-cmd chcon chgrp chmod choco chown chpst chronyc chroot chvt cilium cksum clab clang cmake composer conda
    conntrack conntrackd containerlab corosync cp crictl crio crontab cryptsetup ctop ctr curl curlie dash dcb dd
    declare deluser delv depmod devlink df dhclient dhcpcd dhcpd dhcpdump dhcping dig dirname dmesg dmidecode dnf
    dnsmasq dnstop dnstracer doas docker docker-compose docker-machine dpdk-devbind.py dpdk-testpmd dpkg dpkg-query
    dpkg-reconfigure dracut drill dropwatch dsniff du ebtables ebtables-legacy ebtables-nft ebtables-restore
    ebtables-save echo editcap egrep emacs emerge etcdctl etherwake ethtool ettercap exabgp exit export exportfs
    expr false fgrep firewall-cmd firewalld fish flatpak foremost fping free frr-reload frrinit.sh gcc genl getcap
    getenforce getent getfacl git gobgp gobgpd grep groupadd grub2-mkconfig gunzip gzip h2load haproxy helm hexdump
    hostap hostapd hostapd_cli hostname hostnamectl hping hping3 htop httping hubble hwclock id ifcfg ifconfig
    ifdown ifenslave ifmetric ifpps ifquery ifstat iftop ifup insmod iostat ip-netns ip6tables ip6tables-apply
    ip6tables-legacy ip6tables-nft ip6tables-restore ip6tables-save ipcalc iperf iperf2 iperf3 ipmaddr ipsec ipset
    iptables iptables-apply iptables-legacy iptables-nft iptables-restore iptables-save iptables-translate iptraf
    iptraf-ng iptunnel ipvsadm ipvsadm-save isc-dhcp-server iscsiadm isisd istioctl iw iwconfig iwgetid iwlist jool
    journalctl jq k3d k3s k9s kdig keepalived ksh kubeadm kubectl kubelet l2ping ldconfig ldd ldmtool ldpd ll llc
    lldpcli lldpctl llvm-objdump locale-gen localectl localedef loginctl logout losetup lpstat ls lsb_release lsblk
    lscpu lshw lsipc lsmod lsns lsof lspci lsusb lvcreate lvs lvscan lxc lxc-attach lxc-console lxc-copy lxc-create
    lxc-destroy lxc-info lxc-ls lxc-start lxc-stop machinectl masscan mausezahn md5sum mergecap meson mii-diag
    mii-tool minikube mininet mkdir mkfifo mkfs mkfs.ext4 mkfs.xfs mknod mktemp mn modinfo modprobe mongosh
    mosquitto_pub mosquitto_sub mount mount.nfs mpstat mtr mv mysql named-checkconf namei nameif nano nc nc.openbsd
    nc.traditional ncat ncrack ndisc6 ndptool nerdctl netcat netcat-openbsd netdiscover nethogs netperf netplan
    netserver netsniff-ng netstat networkctl nfct nfdump nfsstat nft nft-restore nginx ngrep ninja nixos-rebuild
    nload nmap nmcli node nohup noping npm nsenter nslookup nstat ntpdate ntpq numactl numastat nuttcp objdump olsrd
    openconnect openssl openvpn openvswitch-switch oping opkg ospfd ovn-nbctl ovn-sbctl ovs-appctl ovs-ctl ovs-dpctl
    ovs-ofctl ovs-pki ovs-tcpdump ovs-vsctl ovs-vswitchd ovsdb-client ovsdb-server ovsdb-tool p4c pacman pahole
    passwd pdnsutil perf perl pgrep phc2sys pidof pidstat pimd ping ping4 ping6 pip pip3 pipenv pipework pkexec
    pkg_add pkill pktgen pkttyagent plipconfig pmap pnpm podman podman-compose poetry poff popd pppd pppoe
    pppoe-discovery pppoe-server printf prlimit ps psql pstack pstree ptp4l pushd pvcreate pvs pwd python python2
    python3 qemu-img qemu-system-x86_64 qperf quagga racoon radvd radvdump rake rarp rdisc6 rdma readelf readlink
    realpath redis-cli redsocks resolvconf resolvectl restorecon rfkill ripd rltraceroute6 rm rmdir rmmod rndc
    route6d rpm rsh rsync rtacct ruby runc runuser rustup sar scapy scapy3 scp sed semanage seq setcap setenforce
    setfacl setkey setsid sh sha1sum sha256sum shopt showmount shutdown siege skopeo slattach smbclient snap snmpget
    snmpwalk socat sockperf softflowd softnet_stat source sqlite3 ss ssh ssh-add ssh-agent ssh-copy-id ssh-keygen
    ssh-keyscan sshpass sshuttle sslscan stat staticd stdbuf strace stress-ng strongswan stty stunnel su su-exec
    sudo suricata swanctl swapoff swapon sysbench sysctl systemctl systemd-analyze systemd-cgls systemd-nspawn
    systemd-resolve systemd-run tac tar targetcli taskset tayga tc tcpconnect tcpdump tcpflow tcpick tcpkill tcplife
    tcpping tcpprobe tcpreplay tcpspray tcptrace tcptraceroute tcptrack tcpxtract teamd teamdctl teamnl tee telnet
    terraform testpmd tftp tftpd tgtadm thc-ipv6 timedatectl tipc tmux touch trace-cmd tracepath tracepath6
    traceroute traceroute6 trafgen trap tree truncate tshark tunctl uci udevadm udhcpc udpcast ufw ulimit ulogd
    umask umount unalias uname unbound uniq unset unshare unzip update-alternatives update-grub update-initramfs
    update-rc.d uptime useradd usermod vagrant vbmc vconfig vde_switch vgchange vgcreate vgs vi vim vimdiff virsh
    virt-clone virt-install virt-manager virtualenv visudo vlanconfig vmstat vnstat vpnc vppctl vtysh vtyshd
    watchfrr wg wg-quick wget whereis whoami whois wireshark wpa_cli wpa_passphrase wpa_supplicant wrk xargs
    xbps-install xdp-loader xdpdump xl2tpd xtables-monitor xxd xz yarn yersinia yq yum zcat zebra zeek zgrep zsh
    zstd zypper
    """.split()
)
# The openings of lines that belong to a longer command.
KEYWORDS = frozenset(["for", "while", "until", "if", "case", "function", "select", "{", "(", "[[", "((", "["])
