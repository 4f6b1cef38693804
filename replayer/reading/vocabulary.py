"""Programs and shell words whose names are no words of a language: a line that begins with one is a command."""

NAMES = frozenset(
    """
    addr2line airmon-ng alias ansible ansible-playbook apk apt apt-cache apt-get arp arp-scan arping arptables
    arpwatch autossh awk basename bash batctl bc bgpctl bgpd bird birdc birdc6 blkid bmon bpfc bpftool bpftrace
    brctl btmon buildah busybox bwm-ng bzip2 calicoctl capsh cat cd cdpr charon-cmd chgrp chmod chown chpst chronyc
    chroot chvt cilium clab conntrack containerlab corosync cp crictl crio crontab cryptsetup ctop ctr curl curlie
    dash dcb dd declare devlink df dhclient dhcpcd dhcpd dhcping dig dirname dmesg dnf dnsmasq dnstop dnstracer doas
    docker docker-compose docker-machine dpkg dpkg-query du ebtables ebtables-nft ebtables-restore ebtables-save
    echo egrep emacs etcdctl etherwake ethtool exit export expr false fgrep firewall-cmd firewalld fish fping free
    frr-reload gcc genl getcap getenforce getent getfacl git gobgp gobgpd grep groupadd gunzip gzip haproxy helm
    hexdump hostap hostapd hostname hostnamectl hping hping3 htop httping hwclock id ifcfg ifconfig ifdown ifenslave
    ifmetric ifpps ifquery ifstat iftop ifup insmod iostat ip-netns ip6tables ip6tables-legacy ip6tables-nft
    ip6tables-restore ip6tables-save ipcalc iperf iperf2 iperf3 ipmaddr ipsec ipset iptables iptables-legacy
    iptables-nft iptables-restore iptables-save iptables-translate iptraf iptraf-ng iptunnel ipvsadm isc-dhcp-server
    iw iwconfig iwgetid iwlist journalctl jq k3s k9s keepalived ksh kubeadm kubectl kubelet l2ping ldconfig ldd
    ldmtool lldpcli lldpctl loginctl logout losetup ls lsblk lscpu lshw lsmod lsns lsof lspci lsusb lxc lxc-attach
    lxc-create lxc-start machinectl mausezahn md5sum mii-diag mii-tool minikube mininet mkdir mkfifo mkfs mknod
    mktemp modinfo modprobe mongosh mount mpstat mtr mv mysql namei nameif nano nc nc.openbsd nc.traditional ncat
    ncrack ndisc6 nerdctl netcat netcat-openbsd netdiscover nethogs netperf netplan netserver netsniff-ng netstat
    networkctl nfdump nft nginx ngrep nload nmap nmcli node nohup npm nsenter nslookup nstat ntpdate ntpq numactl
    nuttcp olsrd openssl openvpn openvswitch-switch ospfd ovn-nbctl ovn-sbctl ovs-appctl ovs-ctl ovs-dpctl ovs-ofctl
    ovs-tcpdump ovs-vsctl ovs-vswitchd ovsdb-client ovsdb-server ovsdb-tool p4c pacman perf perl pgrep phc2sys pidof
    ping ping4 ping6 pip pip3 pipework pkexec pkill pktgen pkttyagent plipconfig pmap podman podman-compose popd
    pppd pppoe printf ps psql pstack pstree ptp4l pushd pwd python python2 python3 qemu-img qemu-system-x86_64 qperf
    quagga racoon radvd rarp rdisc6 rdma readlink realpath redis-cli resolvectl rfkill rltraceroute6 rm rmdir rmmod
    route6d rpm rsh rsync rtacct ruby runc runuser sar scapy scapy3 scp sed semanage seq setcap setenforce setkey
    setsid sh sha256sum shopt shutdown skopeo slattach socat sockperf softflowd source sqlite3 ss ssh ssh-add
    ssh-agent ssh-copy-id ssh-keygen ssh-keyscan sshpass sslscan stat stdbuf strace strongswan stty su su-exec sudo
    suricata swanctl swapoff swapon sysbench sysctl systemctl systemd-cgls systemd-nspawn systemd-resolve
    systemd-run tac tar taskset tc tcpdump tcpflow tcpkill tcpping tcpprobe tcpreplay tcpspray tcptrace
    tcptraceroute teamd teamdctl teamnl tee telnet terraform tftp tftpd tgtadm thc-ipv6 timedatectl tipc tmux touch
    tracepath tracepath6 traceroute traceroute6 trafgen trap truncate tshark tunctl udevadm udhcpc udpcast ufw
    ulimit umask umount unalias uname uniq unset unshare unzip update-alternatives uptime useradd usermod vagrant
    vbmc vconfig vde_switch vi vim vimdiff virsh virt-install visudo vlanconfig vmstat vnstat vppctl vtysh wg
    wg-quick wget whereis whoami wireshark wpa_cli wpa_passphrase wpa_supplicant xargs xdp-loader xdpdump xl2tpd
    xtables-monitor xxd xz yq yum zcat zebra zgrep zsh zstd zypper
    """.split()
)
# The openings of lines that belong to a longer command.
KEYWORDS = frozenset(["for", "while", "until", "if", "case", "function", "select", "{", "(", "[[", "((", "["])
